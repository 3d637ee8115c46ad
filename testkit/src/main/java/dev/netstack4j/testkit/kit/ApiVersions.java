package dev.netstack4j.testkit.kit;

/// Versions `major.minor[.patch]` of the api; the patch does not count.
final class ApiVersions {
    private ApiVersions() {}

    static int compare(String a, String b) {
        int byMajor = Integer.compare(part(a, 0), part(b, 0));
        return byMajor != 0 ? byMajor : Integer.compare(part(a, 1), part(b, 1));
    }

    private static int part(String version, int index) {
        String[] parts = version.split("[.-]", -1);
        try {
            return index < parts.length ? Integer.parseInt(parts[index]) : 0;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a version of the form 1.2: " + version, e);
        }
    }
}
