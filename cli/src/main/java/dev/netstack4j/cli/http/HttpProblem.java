package dev.netstack4j.cli.http;

/// A request that gets an error for an answer.
final class HttpProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    HttpProblem(HttpStatus status, String why) {
        super(why);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
