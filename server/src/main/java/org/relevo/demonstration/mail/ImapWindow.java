package org.relevo.demonstration.mail;

import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * Where IMAP clients read: GreenMail's protocol on sockets that send at once. GreenMail's own server leaves Nagle's
 * algorithm on and writes an answer in pieces, which makes every command wait 40 ms for the client's delayed
 * acknowledgement.
 */
final class ImapWindow extends AbstractServer {

    ImapWindow(ServerSetup setup, Inboxes inboxes) {
        super(setup, inboxes);
        setDaemon(true);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        try {
            client.setTcpNoDelay(true);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), client);
    }
}
