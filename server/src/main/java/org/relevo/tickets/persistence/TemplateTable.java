package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.relevo.tickets.Template;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tickets.templates}. */
@Repository
public class TemplateTable {

    private static final String COLUMNS = """
            select id, name, subject, text, language, sort from tickets.templates
            where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;

    TemplateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Template> all() {
        return jdbc.sql(COLUMNS + " order by sort, lower(name)")
                .query(TemplateTable::template)
                .list();
    }

    public Optional<Template> find(UUID id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("id", id)
                .query(TemplateTable::template)
                .optional();
    }

    /** @throws ProblemException {@code invalid-request} if there is another of that name */
    public void save(Template template) {
        try {
            jdbc.sql("""
                    insert into tickets.templates (id, workspace_id, name, subject, text, language, sort)
                    values (:id, :workspace, :name, :subject, :text, :language, :sort)
                    on conflict (id) do update set name = :name, subject = :subject, text = :text, language = :language,
                      sort = :sort
                    """)
                    .param("id", template.id())
                    .param("workspace", Workspace.required().value())
                    .param("name", template.name())
                    .param("subject", template.subject())
                    .param("text", template.text())
                    .param("language", template.language())
                    .param("sort", template.sort())
                    .update();
        } catch (DuplicateKeyException e) {
            throw ProblemException.invalid("/name", "field.name-taken", template.name());
        }
    }

    /** Whether there was one. */
    public boolean remove(UUID id) {
        return jdbc.sql("delete from tickets.templates where workspace_id = platform.current_workspace() and id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Template template(ResultSet row, int number) throws SQLException {
        return new Template(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("language"),
                row.getInt("sort"));
    }
}
