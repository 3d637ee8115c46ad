package dev.netstack4j.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The files below one directory. Nothing outside is reachable, neither by `..`, encoded or not, nor by a symbolic
/// link.
final class SiteFiles {
    private static final Pattern SCHEME_AND_HOST = Pattern.compile("(?i)https?://[^/?]*");
    private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

    private final Path root;

    /// @throws IOException when the directory is not there
    SiteFiles(Path directory) throws IOException {
        root = directory.toRealPath();
    }

    /// The directory.
    Path root() {
        return root;
    }

    /// The file of a request's target; a directory stands for its `index.html`, and is moved to where its slash is.
    ///
    /// @throws HttpProblem 400 for what is no path, 404 for no such file inside, 301 with the place as message
    Path find(String target) throws HttpProblem {
        String path = pathOf(target);
        Path file = inside(decode(path));
        boolean asDirectory = path.endsWith("/");
        if (!Files.isDirectory(file)) {
            if (asDirectory) {
                throw notFound();
            }
            return regular(file);
        }
        Path index = inside(root.relativize(file).resolve("index.html").toString());
        if (!asDirectory) {
            throw new HttpProblem(
                    HttpStatus.MOVED_PERMANENTLY, LEADING_SLASHES.matcher(path).replaceFirst("/") + "/");
        }
        return regular(index);
    }

    private static String pathOf(String target) throws HttpProblem {
        String path = SCHEME_AND_HOST.matcher(target).lookingAt()
                ? SCHEME_AND_HOST.matcher(target).replaceFirst("")
                : target;
        int end = path.indexOf('?');
        path = end < 0 ? path : path.substring(0, end);
        if (path.isEmpty()) {
            return "/";
        }
        if (path.charAt(0) != '/' || path.indexOf('#') >= 0) {
            throw new HttpProblem(HttpStatus.BAD_REQUEST, "The target is no path.");
        }
        return path;
    }

    private static String decode(String path) throws HttpProblem {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                bytes.write(octet(path, i + 1));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badEncoding();
        }
    }

    private static int octet(String path, int at) throws HttpProblem {
        int high = at + 1 < path.length() ? Character.digit(path.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(path.charAt(at + 1), 16);
        if (low < 0 || high == 0 && low == 0) {
            throw badEncoding();
        }
        return high << 4 | low;
    }

    private static HttpProblem badEncoding() {
        return new HttpProblem(HttpStatus.BAD_REQUEST, "The target is badly encoded.");
    }

    private Path inside(String decoded) throws HttpProblem {
        for (String part : decoded.split("/", -1)) {
            if (part.equals("..")) {
                throw notFound();
            }
        }
        try {
            Path real = root.resolve(LEADING_SLASHES.matcher(decoded).replaceFirst(""))
                    .toRealPath();
            if (real.startsWith(root)) {
                return real;
            }
            throw notFound();
        } catch (InvalidPathException | IOException e) {
            throw notFound();
        }
    }

    private static Path regular(Path file) throws HttpProblem {
        if (!Files.isRegularFile(file)) {
            throw notFound();
        }
        if (!Files.isReadable(file)) {
            throw new HttpProblem(HttpStatus.FORBIDDEN, "The file may not be read.");
        }
        return file;
    }

    private static HttpProblem notFound() {
        return new HttpProblem(HttpStatus.NOT_FOUND, "There is no such file.");
    }
}
