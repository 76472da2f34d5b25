package org.relevo.platform.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.StartFailure;
import org.relevo.platform.outbound.OutboundException.Way;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The one way to an address that somebody typed. A name is resolved once, every address behind it is checked, and the
 * connection goes to exactly that address: a name server that answers differently the second time wins nothing. The
 * certificate is still checked against the name. Redirects are followed on the same host only. No proxy, no cookies.
 */
@Service
public class OutboundHttp implements AutoCloseable {

    private static final int MOST_REDIRECTS = 3;

    // The client speaks to an address and must name the host itself; it reads this once, when it is first used.
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    /** Who is behind a name. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final OutboundProperties limits;
    private final Names names;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    public OutboundHttp(OutboundProperties limits) {
        this(limits, InetAddress::getAllByName);
    }

    OutboundHttp(OutboundProperties limits, Names names) {
        this.limits = limits;
        this.names = names;
        requireHostHeader();
    }

    private static void requireHostHeader() {
        try {
            HttpRequest.newBuilder(URI.create("http://localhost/")).header("Host", "localhost");
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "Start Java with -Djdk.httpclient.allowRestrictedHeaders=host: it was asked for too late here.", e);
        }
    }

    /**
     * Fetches {@code address}. Any status is an answer.
     *
     * @throws OutboundException if there is none, or none that we take
     */
    public OutboundAnswer get(URI address, Map<String, String> headers) throws OutboundException {
        return inTime(() -> follow(address, headers));
    }

    /**
     * Sends {@code body} to {@code address}. Any status is an answer, also one that sends us elsewhere: a body is given to
     * nobody but the one it was meant for.
     *
     * @throws OutboundException if there is none, or none that we take; it may have been heard all the same
     */
    public OutboundAnswer post(URI address, Map<String, String> headers, byte[] body) throws OutboundException {
        return inTime(() -> fetch(address, headers, body));
    }

    private OutboundAnswer inTime(Callable<OutboundAnswer> work) throws OutboundException {
        var call = threads.submit(work);
        try {
            return call.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new OutboundException(Way.SLOW, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutboundException(Way.BROKEN, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutboundException failure) {
                throw new OutboundException(failure.way(), failure);
            }
            throw new IllegalStateException(e);
        }
    }

    private OutboundAnswer follow(URI address, Map<String, String> headers)
            throws OutboundException, InterruptedException {
        var target = address;
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var answer = fetch(target, headers, null);
            var location = answer.header("Location");
            if (answer.status() < 300 || answer.status() >= 400 || location.isEmpty()) {
                return answer;
            }
            target = next(target, location);
        }
        throw new OutboundException(Way.REDIRECTED);
    }

    private static URI next(URI from, String location) throws OutboundException {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new OutboundException(Way.REDIRECTED, e);
        }
        var sameHost = from.getHost().equalsIgnoreCase(to.getHost());
        var samePort = from.getScheme().equalsIgnoreCase(to.getScheme()) && from.getPort() == to.getPort();
        var nowSafe = "http".equalsIgnoreCase(from.getScheme())
                && "https".equalsIgnoreCase(to.getScheme())
                && to.getPort() == -1;
        if (!sameHost || !(samePort || nowSafe)) {
            throw new OutboundException(Way.REDIRECTED);
        }
        return to;
    }

    private OutboundAnswer fetch(URI target, Map<String, String> headers, byte @Nullable [] body)
            throws OutboundException, InterruptedException {
        var web = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!web || target.getHost() == null || target.getRawUserInfo() != null) {
            throw new OutboundException(Way.ADDRESS_INVALID);
        }
        IOException failure = new ConnectException();
        for (var address : addresses(target.getHost())) {
            try {
                return fetch(target, address, headers, body);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                failure = e;
            } catch (OutboundException e) {
                throw e;
            } catch (SSLException e) {
                throw new OutboundException(Way.CERTIFICATE, e);
            } catch (HttpTimeoutException e) {
                throw new OutboundException(Way.SLOW, e);
            } catch (IOException e) {
                throw new OutboundException(Way.BROKEN, e);
            }
        }
        throw new OutboundException(Way.UNREACHABLE, failure);
    }

    /** The addresses behind a host; one private address among them spoils all. */
    private List<InetAddress> addresses(String host) throws OutboundException {
        try {
            var found = names.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            if (!limits.privateAddresses() && !Arrays.stream(found).allMatch(PublicAddress::is)) {
                throw new OutboundException(Way.ADDRESS_PRIVATE);
            }
            return List.of(found);
        } catch (UnknownHostException e) {
            throw new OutboundException(Way.NAME_UNKNOWN, e);
        }
    }

    private OutboundAnswer fetch(URI target, InetAddress address, Map<String, String> headers, byte @Nullable [] sent)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(pinned(target, address)).timeout(limits.whole());
        if (sent != null) {
            request.POST(BodyPublishers.ofByteArray(sent));
        }
        headers.forEach(request::setHeader);
        request.setHeader(
                "Host", target.getPort() == -1 ? target.getHost() : target.getHost() + ":" + target.getPort());
        var client = client(target.getHost());
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var most = Math.toIntExact(limits.largest().toBytes());
                var bytes = body.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw new OutboundException(Way.TOO_LARGE);
                }
                return new OutboundAnswer(response.statusCode(), response.headers(), bytes);
            }
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client(String host) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.connect())
                .executor(threads);
        var name = name(host);
        if (name != null) {
            var parameters = new SSLParameters();
            parameters.setServerNames(List.of(name));
            client.sslParameters(parameters);
        }
        return client.build();
    }

    /** The name that the certificate must carry; none when the host is itself an address. */
    private static @Nullable SNIHostName name(String host) {
        try {
            InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            return null;
        } catch (IllegalArgumentException notAnAddress) {
            return new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        }
    }

    private static URI pinned(URI target, InetAddress address) throws OutboundException {
        var literal = address.getHostAddress();
        var host = literal.contains(":") ? "[" + literal + "]" : literal;
        var port = target.getPort() == -1 ? "" : ":" + target.getPort();
        var path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        try {
            return new URI(target.getScheme() + "://" + host + port + path + query);
        } catch (URISyntaxException e) {
            throw new OutboundException(Way.ADDRESS_INVALID, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
