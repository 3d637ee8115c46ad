package dev.netstack4j.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class CommentsTest {
    private static final String LONG = "word ".repeat(30).strip();

    @Test
    void theFormatterMayMoveACommentButNotSeeIt() {
        MarkdownComments comments = new MarkdownComments();
        String hidden = comments.hide("  /// costs $1 \\ 2\n  ///\n  int a; // b\n");
        assertFalse(hidden.contains("costs"));
        assertEquals(
                "    /// costs $1 \\ 2\n    ///\n    int a; // b\n",
                comments.restore(hidden.replaceAll("(?m)^  ", "    ")));
    }

    @Test
    void aParagraphThatFitsStaysAsItIs() {
        same("/// one\n/// two\nint a;\n");
    }

    @Test
    void aParagraphWithALineTooLongIsFilledAnew() {
        assertEquals(
                "    /// " + "word ".repeat(21) + "word\n    /// " + "word ".repeat(8) + "tail\n    int a;",
                CommentFill.fill("    /// " + LONG + "\n    /// tail\n    int a;"));
    }

    @Test
    void whatIsFilledStaysFilled() {
        same(CommentFill.fill("    /// @return " + LONG + "\n    ///         " + LONG + "\n    int a;"));
    }

    @Test
    void furtherLinesOfATagAndOfAnItemStandIn() {
        assertEquals(
                "/// @return " + "word ".repeat(20) + "word\n///     " + "word ".repeat(8) + "word",
                CommentFill.fill("/// @return " + LONG));
        assertEquals(
                "/// * " + "word ".repeat(22) + "word\n///   " + "word ".repeat(6) + "word",
                CommentFill.fill("/// * " + LONG));
    }

    @Test
    void theNextItemIsNoPartOfThisOne() {
        assertEquals(
                "/// * " + "word ".repeat(22) + "word\n///   " + "word ".repeat(6) + "word\n/// * b",
                CommentFill.fill("/// * " + LONG + "\n/// * b"));
    }

    @Test
    void codeTablesAndHeadingsAreLeftAlone() {
        same("/// ```\n/// " + LONG + "\n/// ```");
        same("/// | " + LONG + " |");
        same("/// # " + LONG);
        same("///     " + LONG);
    }

    @Test
    void otherLinesAreLeftAlone() {
        same("int a; // " + LONG + "\n");
    }

    private static void same(String source) {
        assertEquals(source, CommentFill.fill(source));
    }
}
