package org.relevo.channels.inbound;

/** Understands one arrival. */
public interface InboundWork {

    /** Takes one item of the running workspace, if there is one, through to its end; whether there was one. */
    boolean takeOne();
}
