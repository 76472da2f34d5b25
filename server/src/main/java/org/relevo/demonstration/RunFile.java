package org.relevo.demonstration;

import java.util.List;

/** {@code run.json}: everything that an outside check needs to drive the demonstration. */
record RunFile(
        String url, String token, String mailbox, Port smtp, Port imap, SignIn customer, List<PersonSignIn> people) {

    record Port(String host, int port) {}

    record SignIn(String address, String password) {}

    record PersonSignIn(String email, String password, String role) {}
}
