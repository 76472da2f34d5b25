package org.relevo.channels.email;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/** Where a mail server listens and how the line to it is protected. */
public record MailServer(
        @NotBlank @Size(max = 253) String host,
        @Min(1) @Max(65_535) int port,
        @NotNull Security security) {

    /** How the line is protected. */
    public enum Security {
        /** Encrypted from the first byte. */
        TLS,
        /** Encrypted after STARTTLS, or not at all used. */
        STARTTLS,
        /** Plain: for servers on the same machine. */
        NONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Security of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
