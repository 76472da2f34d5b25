package org.relevo.support;

import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import tools.jackson.databind.json.JsonMapper;

/** A shop of one test. */
public record TestShop(WorkspaceId id, String domain, String token, String url, JsonMapper json) {

    /** The API with the shop's token. */
    public Api api() {
        return new Api(url, json).withToken(token);
    }

    /** The API without any sign-in. */
    public Api stranger() {
        return new Api(url, json);
    }

    /** The API as whoever signs in with {@code email}. */
    public Api as(String email) {
        return new Api(url, json).signedIn(email, TestShops.PASSWORD);
    }

    public String mailbox() {
        return "hello@" + domain;
    }

    /** Runs {@code work} inside the shop's walls. */
    public <T, X extends Throwable> T inside(ScopedValue.CallableOp<T, X> work) throws X {
        return Workspace.call(id, work);
    }
}
