package dev.netstack4j.bench.netem;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BoxAndWhiskerRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.statistics.DefaultBoxAndWhiskerCategoryDataset;

/// Draws the ratios of all pairs as boxes with whiskers, and the band in which their medians should be.
final class RatioPlot {
    private static final int WIDTH = 1000;
    private static final int ROW_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 120;
    private static final double LEAST = 0.9;
    private static final double MOST = 1.1;
    private static final double SCALE_END = 2;

    private RatioPlot() {}

    static void write(List<CellResult> results, Path file) throws IOException {
        DefaultBoxAndWhiskerCategoryDataset data = new DefaultBoxAndWhiskerCategoryDataset();
        for (CellResult r : results) {
            Cell cell = r.cell;
            String path = cell.rateMbits() + " Mbit/s, " + cell.impairment().label + ", " + cell.congestion();
            data.add(r.ratios(), cell.toStack() ? "kernel to stack" : "stack to kernel", path);
        }
        NumberAxis ratios = new NumberAxis("goodput of this stack, of the kernel in its place = 1");
        ratios.setRange(0, SCALE_END);
        BoxAndWhiskerRenderer renderer = new BoxAndWhiskerRenderer();
        renderer.setMeanVisible(false);
        CategoryPlot plot = new CategoryPlot(data, new CategoryAxis(""), ratios, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.addRangeMarker(new IntervalMarker(LEAST, MOST, new Color(0, 160, 0, 60)), Layer.BACKGROUND);
        JFreeChart chart = new JFreeChart("Pairs of transfers through tc netem", plot);
        ChartUtils.saveChartAsPNG(file.toFile(), chart, WIDTH, FRAME_HEIGHT + ROW_HEIGHT * results.size());
    }
}
