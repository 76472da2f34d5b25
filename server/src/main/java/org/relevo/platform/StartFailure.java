package org.relevo.platform;

/** A start that cannot succeed and what the operator can do about it, in one sentence. */
public class StartFailure extends RuntimeException {

    public StartFailure(String sentence) {
        super(sentence);
    }

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Whether {@code failure} is one that the operator can act on, so that its sentence says all. */
    public static boolean expected(Throwable failure) {
        return failure instanceof StartFailure || (failure.getCause() != null && expected(failure.getCause()));
    }

    /** The sentence to print for {@code failure}: ours if one of its causes is a {@code StartFailure}. */
    public static String sentence(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure start) {
                return String.valueOf(start.getMessage());
            }
            root = cause;
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
