package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.data.category.DefaultCategoryDataset;

/// Draws the ratios of all rows beside their targets, as a PNG.
final class Plot {
    private static final int WIDTH = 1000;
    private static final int ROW_HEIGHT = 60;
    private static final int FRAME_HEIGHT = 120;

    private Plot() {}

    static void write(List<Outcome> outcomes, Path file) throws IOException {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (Outcome o : outcomes) {
            data.addValue(o.ratio(), "measured", o.row.name());
            data.addValue(o.row.target(), "target", o.row.name());
        }
        JFreeChart chart = ChartFactory.createBarChart(
                "This stack against the kernel's veth path",
                "",
                "ratio of medians in the same run",
                data,
                PlotOrientation.HORIZONTAL,
                true,
                false,
                false);
        ChartUtils.saveChartAsPNG(file.toFile(), chart, WIDTH, FRAME_HEIGHT + ROW_HEIGHT * outcomes.size());
    }
}
