package dev.netstack4j.cli.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a request's head (RFC 9112, 3 and 5). Lines may end in LF alone; folded lines are refused.
final class RequestHead {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7E]+) HTTP/(\\d)\\.(\\d)");
    private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00-\\x08\\x0A-\\x1F\\x7F]*)");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

    private RequestHead() {}

    /// The request of a head, given without the empty line at its end.
    static HttpRequest parse(String head) throws HttpProblem {
        String[] lines = LINE_END.split(head);
        Matcher first = REQUEST_LINE.matcher(lines[0]);
        if (!first.matches()) {
            throw bad("The first line is no request line.");
        }
        if (!first.group(3).equals("1")) {
            throw new HttpProblem(HttpStatus.VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1.");
        }
        Map<String, String> headers = headers(lines);
        int minor = first.group(4).equals("0") ? 0 : 1;
        HttpRequest request = new HttpRequest(first.group(1), first.group(2), minor, headers);
        check(request);
        return request;
    }

    private static Map<String, String> headers(String[] lines) throws HttpProblem {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher m = HEADER.matcher(lines[i]);
            if (!m.matches()) {
                throw bad("Line " + (i + 1) + " is no header.");
            }
            String name = m.group(1).toLowerCase(Locale.ROOT);
            String before = headers.get(name);
            if (before != null && (name.equals("host") || name.equals("content-length"))) {
                throw bad("The header " + name + " is there twice.");
            }
            String value = m.group(2).strip();
            headers.put(name, before == null ? value : before + ", " + value);
        }
        return headers;
    }

    private static void check(HttpRequest request) throws HttpProblem {
        if (request.minor() > 0 && request.header("host") == null) {
            throw bad("The header host is missing.");
        }
        if (request.header("transfer-encoding") != null) {
            throw new HttpProblem(HttpStatus.NOT_IMPLEMENTED, "Requests with a transfer encoding are not taken.");
        }
        String length = request.header("content-length");
        if (length != null && !length.matches("\\d{1,18}")) {
            throw bad("The content length is no number.");
        }
    }

    private static HttpProblem bad(String why) {
        return new HttpProblem(HttpStatus.BAD_REQUEST, why);
    }
}
