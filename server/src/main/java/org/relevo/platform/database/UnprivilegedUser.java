package org.relevo.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.relevo.platform.StartFailure;

/** PostgreSQL refuses to run as root. When we are root its programs run in a user namespace, or as {@code nobody}. */
final class UnprivilegedUser {

    private UnprivilegedUser() {}

    /** The words to put before a command so that it runs without root's rights; none when we are not root. */
    static List<String> prefix(Path... owned) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (succeeds("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        for (var folder : owned) {
            if (!Files.exists(folder) || !succeeds("chown", "-R", "nobody", folder.toString())) {
                throw new StartFailure("As root, RELEVO cannot give " + folder + " to the user nobody, as whom its"
                        + " database would run; start it as an ordinary user.");
            }
        }
        return List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    }

    private static boolean succeeds(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
