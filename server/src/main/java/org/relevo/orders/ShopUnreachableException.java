package org.relevo.orders;

import org.relevo.platform.ProblemException;

/** A shop did not answer as it should; {@link #slug()} names the way. */
public class ShopUnreachableException extends ProblemException {

    public ShopUnreachableException(String slug, Throwable cause, Object... arguments) {
        super(slug, 502, cause, arguments);
    }

    public ShopUnreachableException(String slug, Object... arguments) {
        super(slug, 502, arguments);
    }
}
