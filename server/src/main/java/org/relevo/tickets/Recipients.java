package org.relevo.tickets;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relevo.platform.ProblemException;

/**
 * Who gets a reply. Nobody is named twice: who is in {@code to} needs no copy.
 *
 * @param bcc get it without being named in it
 */
public record Recipients(List<String> to, List<String> cc, List<String> bcc) {

    private static final int MOST = 50;
    private static final Pattern ADDRESS = Pattern.compile(
            "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}){0,20}@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63}){0,20}");
    private static final int LONGEST = 254;

    /** @throws ProblemException {@code invalid-request} if one of them is no address, or there are too many */
    public Recipients {
        var named = new LinkedHashSet<String>();
        to = checked("/to", to, named);
        cc = checked("/cc", cc, named);
        bcc = checked("/bcc", bcc, named);
        if (named.size() > MOST) {
            throw ProblemException.invalid("/to", "field.too-many", MOST);
        }
    }

    /** One person. */
    public static Recipients only(String to) {
        return new Recipients(List.of(to), List.of(), List.of());
    }

    /** Everybody, in the order in which the server is told. */
    public List<String> all() {
        return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
    }

    private static List<String> checked(String pointer, List<String> addresses, Set<String> named) {
        return addresses.stream()
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> valid(pointer, address))
                .filter(address -> named.add(address.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String valid(String pointer, String address) {
        if (address.length() > LONGEST || !ADDRESS.matcher(address).matches()) {
            throw ProblemException.invalid(pointer, "field.address-invalid", shown(address));
        }
        return address;
    }

    private static String shown(String address) {
        var plain = address.replaceAll("\\p{C}", " ");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }
}
