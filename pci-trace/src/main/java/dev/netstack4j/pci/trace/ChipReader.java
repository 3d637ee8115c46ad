package dev.netstack4j.pci.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the data file of a chip. Offsets are hexadecimal. Lines:
/// ```
/// reg OFFSET NAME [@|#|~] FIELD...
/// regs OFFSET STRIDE COUNT NAME [@|#|~] FIELD...             NAME0, NAME1 ...
/// ring tx|rx OFFSET STRIDE COUNT LOW HIGH LENGTH TAIL        offsets of its registers within a stride
/// post|back tx|rx [NAME when BITS VALUE] FIELD...            a descriptor
/// ```
final class ChipReader {
    private static final int HEX = 16;

    private final String name;
    private final Map<Integer, Register> registers = new HashMap<>();
    private final List<RingPlace> rings = new ArrayList<>();
    private final Map<Boolean, List<Layout>> posted = new HashMap<>();
    private final Map<Boolean, List<Layout>> back = new HashMap<>();

    ChipReader(String name) {
        this.name = name;
    }

    Chip read(String text) {
        for (String line : text.lines().toList()) {
            String words = line.strip();
            if (!words.isEmpty() && !words.startsWith("#")) {
                try {
                    line(List.of(words.split("\\s+")));
                } catch (RuntimeException e) {
                    throw new IllegalStateException("chip " + name + ": cannot read '" + line + "'", e);
                }
            }
        }
        return new Chip(name, registers, rings, posted, back);
    }

    private void line(List<String> w) {
        switch (w.getFirst()) {
            case "reg" -> registers.put(hex(w.get(1)), register(w.get(2), w.subList(3, w.size())));
            case "regs" -> array(w);
            case "ring" -> ring(w);
            case "post" -> layout(posted, w);
            case "back" -> layout(back, w);
            default -> throw new IllegalArgumentException("no such line: " + w.getFirst());
        }
    }

    private static int hex(String text) {
        return Integer.parseInt(text, HEX);
    }

    private static Register register(String name, List<String> rest) {
        boolean marked = !rest.isEmpty() && rest.getFirst().length() == 1;
        char mark = marked ? rest.getFirst().charAt(0) : ' ';
        return new Register(name, mark, fields(marked ? rest.subList(1, rest.size()) : rest));
    }

    private static List<Field> fields(List<String> words) {
        return words.stream().map(Field::parse).toList();
    }

    private void array(List<String> w) {
        int stride = hex(w.get(2));
        for (int i = 0; i < Integer.parseInt(w.get(3)); i++) {
            registers.put(hex(w.get(1)) + i * stride, register(w.get(4) + i, w.subList(5, w.size())));
        }
    }

    private void ring(List<String> w) {
        for (int i = 0; i < Integer.parseInt(w.get(4)); i++) {
            int at = hex(w.get(2)) + i * hex(w.get(3));
            rings.add(new RingPlace(
                    w.get(1) + i,
                    isTx(w),
                    at + hex(w.get(5)),
                    at + hex(w.get(6)),
                    at + hex(w.get(7)),
                    at + hex(w.get(8))));
        }
    }

    private static boolean isTx(List<String> w) {
        return w.get(1).equals("tx");
    }

    private static void layout(Map<Boolean, List<Layout>> into, List<String> w) {
        boolean several = w.size() > 3 && w.get(3).equals("when");
        Layout l = several
                ? new Layout(w.get(2), Field.parse("when:" + w.get(4)), hex(w.get(5)), fields(w.subList(6, w.size())))
                : new Layout("", null, 0, fields(w.subList(2, w.size())));
        into.computeIfAbsent(isTx(w), k -> new ArrayList<>()).add(l);
    }
}
