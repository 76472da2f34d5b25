package org.relevo.access.web;

import org.jspecify.annotations.Nullable;
import org.relevo.access.PersonId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How a person wants the desk to look. */
@Repository
class Preferences {

    record Choice(String locale, String theme) {}

    private final JdbcClient jdbc;

    Preferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public Choice of(PersonId person) {
        return jdbc.sql("select locale, theme from access.people where id = :id")
                .param("id", person.value())
                .query((row, _) -> new Choice(row.getString("locale"), row.getString("theme")))
                .single();
    }

    /** Changes what is given and leaves the rest. */
    @Transactional
    public void change(PersonId person, @Nullable String name, @Nullable String locale, @Nullable String theme) {
        jdbc.sql("""
                update access.people set name = coalesce(:name, name), locale = coalesce(:locale, locale),
                  theme = coalesce(:theme, theme)
                where id = :id
                """)
                .param("name", name)
                .param("locale", locale)
                .param("theme", theme)
                .param("id", person.value())
                .update();
    }
}
