package org.relevo.channels.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.StoreClosedException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.signin.NoTokenException;
import org.relevo.platform.Reason;

/** Names the ways in which a mail server fails, each with a sentence for the person who can act. */
public final class MailTrouble {

    private static final int LONGEST_REPLY = 200;
    private static final String END_OF_LINE = "[EOF]"; // what the library makes of a line that ends

    private MailTrouble() {}

    /** What {@code failure} means for {@code server}. */
    public static Reason of(MessagingException failure, MailServer server) {
        var place = server.host() + ":" + server.port();
        if (failure instanceof NoTokenException noToken) {
            return noToken.reason();
        }
        if (failure instanceof AuthenticationFailedException) {
            return Reason.of("mail.sign-in-refused", server.host());
        }
        if (failure instanceof FolderNotFoundException missing) {
            return Reason.of("mail.folder-missing", name(missing));
        }
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return Reason.of("mail.host-unknown", server.host());
                }
                case ConnectException _, NoRouteToHostException _ -> {
                    return Reason.of("mail.refused-connection", place);
                }
                case SocketTimeoutException _ -> {
                    return Reason.of("mail.too-slow", place);
                }
                case SSLException ssl
                when speaksPlain(ssl) -> {
                    return Reason.of("mail.no-encryption", place);
                }
                case SSLException _ -> {
                    return Reason.of("mail.certificate", server.host());
                }
                case SocketException _, EOFException _, FolderClosedException _, StoreClosedException _ -> {
                    return Reason.of("mail.hung-up", server.host());
                }
                default -> {}
            }
        }
        var said = shortened(String.valueOf(failure.getMessage()));
        return said.contains(END_OF_LINE)
                ? Reason.of("mail.hung-up", server.host())
                : Reason.of("mail.other", server.host(), said);
    }

    private static String name(FolderNotFoundException missing) {
        var folder = missing.getFolder();
        return folder == null ? "INBOX" : folder.getFullName();
    }

    private static boolean speaksPlain(SSLException failure) {
        return String.valueOf(failure.getMessage()).contains("Unsupported or unrecognized SSL message");
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : failure.getCause();
    }

    static String shortened(String reply) {
        var line = reply.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REPLY ? line : line.substring(0, LONGEST_REPLY) + "…";
    }
}
