package org.relevo.channels.email.signin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whom a mailbox is signed in with. The two large ones have fixed addresses and scopes; any other names its own. */
public enum OAuthProvider {
    GOOGLE(
            "https://accounts.google.com/o/oauth2/v2/auth",
            "https://oauth2.googleapis.com/token",
            "https://mail.google.com/"),
    MICROSOFT(
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"),
    OTHER(null, null, null);

    final @Nullable String authorizationUrl;
    final @Nullable String tokenUrl;
    final @Nullable String scope;

    OAuthProvider(@Nullable String authorizationUrl, @Nullable String tokenUrl, @Nullable String scope) {
        this.authorizationUrl = authorizationUrl;
        this.tokenUrl = tokenUrl;
        this.scope = scope;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static OAuthProvider of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
