package org.relevo.platform;

import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The server's own sentences (problems and reasons) in the reader's language; English when the language has none. */
@Service
public class Texts {

    private final MessageSource messages;
    private final JsonMapper json;

    Texts(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** The same sentences where no application runs. */
    public static Texts alone() {
        return new Texts(bundles(), JsonMapper.builder().build());
    }

    static MessageSource bundles() {
        var bundles = new ResourceBundleMessageSource();
        bundles.setBasenames("texts/problems", "texts/reasons", "texts/orders");
        bundles.setDefaultEncoding("UTF-8");
        bundles.setFallbackToSystemLocale(false);
        bundles.setAlwaysUseMessageFormat(true);
        return bundles;
    }

    /** The sentence under {@code key}; the key itself when nobody wrote one. */
    public String sentence(String key, Locale reader, Object... arguments) {
        return String.valueOf(messages.getMessage(key, arguments, key, reader));
    }

    /** The sentence of a stored reason. */
    public String sentence(Reason reason, Locale reader) {
        return sentence(reason.code(), reader, reason.arguments().toArray());
    }

    public String write(Reason reason) {
        return json.writeValueAsString(Map.of("code", reason.code(), "arguments", reason.arguments()));
    }

    public Reason read(String stored) {
        return json.readValue(stored, Reason.class);
    }
}
