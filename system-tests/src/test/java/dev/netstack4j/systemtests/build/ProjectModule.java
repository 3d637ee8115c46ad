package dev.netstack4j.systemtests.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// One Maven module of this project, read from its `pom.xml`.
record ProjectModule(String folder, Element project) {
    /// A dependency as the pom writes it; version and scope are empty where it leaves them out.
    record Dependency(String group, String artifact, String version, String scope) {
        boolean isOurs() {
            return group.equals("dev.netstack4j");
        }
    }

    static List<ProjectModule> all() throws Exception {
        List<ProjectModule> modules = new ArrayList<>();
        for (Element module : children(child(read(root()), "modules"), "module")) {
            modules.add(of(module.getTextContent()));
        }
        return modules;
    }

    static ProjectModule of(String folder) throws Exception {
        return new ProjectModule(folder, read(root().resolve(folder)));
    }

    static Path root() {
        return Path.of(System.getProperty("basedir", "system-tests"))
                .toAbsolutePath()
                .getParent();
    }

    String version() {
        return text(project, "version");
    }

    boolean isExtension() {
        return folder.matches("(bus|nic|proto|qdisc|wire)-.*");
    }

    boolean isPublishedJar() {
        return Files.isDirectory(root().resolve(folder))
                && children(child(project, "properties"), "maven.deploy.skip").isEmpty()
                && !text(project, "packaging").equals("pom");
    }

    List<Dependency> dependencies() {
        return dependencies(project);
    }

    List<Dependency> managedDependencies() {
        return dependencies(child(project, "dependencyManagement"));
    }

    private static List<Dependency> dependencies(Element parent) {
        return children(child(parent, "dependencies"), "dependency").stream()
                .map(d ->
                        new Dependency(text(d, "groupId"), text(d, "artifactId"), text(d, "version"), text(d, "scope")))
                .toList();
    }

    private static Element read(Path folder) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent().strip();
    }

    /// The child of that name; an empty element where there is none.
    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? parent.getOwnerDocument().createElement(name) : found.getFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
