package dev.netstack4j.testkit.script.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A socket call and what it must return.
///
/// @param name   of the call
/// @param result name for the descriptor that it returns, or null
/// @param args   its arguments
/// @param ret    what it must return, or null when the call gives a descriptor
/// @param gives  a value that it must deliver besides, or null
/// @param from   the address that it must deliver, or null
/// @param place  where it stands
public record Call(
        String name,
        @Nullable String result,
        List<Arg> args,
        @Nullable Arg ret,
        @Nullable Arg gives,
        @Nullable Arg from,
        Place place) {
    /// One argument or expected value.
    ///
    /// @param form  how it was written
    /// @param text  as it was written, without quotes
    /// @param place where it stands
    public record Arg(Form form, String text, Place place) {
        /// The bytes of text or hexadecimal digits.
        public byte[] bytes() {
            return form == Form.HEX
                    ? java.util.HexFormat.of().parseHex(text.substring(2))
                    : text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /// How an argument is written.
    public enum Form {
        /// Digits, `ms`, `s`, an address, a name, names joined by `|`, `*`.
        WORD,
        /// In quotes.
        TEXT,
        /// `0x` and an even number of digits.
        HEX
    }

    /// The argument at an index; null when it was left out.
    public @Nullable Arg arg(int i) {
        return i < args.size() ? args.get(i) : null;
    }

    @Override
    public String toString() {
        return name + args.stream().map(Arg::text).toList();
    }
}
