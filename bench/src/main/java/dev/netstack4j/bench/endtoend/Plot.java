package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Draws what was measured, as PNG.
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;
    private static final int ROW_HEIGHT = 60;
    private static final int FRAME_HEIGHT = 120;
    private static final double MICRO = 1e-3;

    private Plot() {}

    /// The ratios of all rows beside their targets.
    static void ratios(List<Figure> figures, Path file) throws IOException {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (Figure f : figures) {
            data.addValue(f.ratio(), "measured", f.name());
            data.addValue(f.target(), "target", f.name());
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
        ChartUtils.saveChartAsPNG(file.toFile(), chart, WIDTH, FRAME_HEIGHT + ROW_HEIGHT * figures.size());
    }

    /// Latency over percentile, both scales logarithmic: at x = 1000 only one request in a thousand took longer.
    static void latencies(Histogram stack, Histogram kernel, Path file) throws IOException {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(series("stack", stack));
        data.addSeries(series("kernel", kernel));
        JFreeChart chart = ChartFactory.createXYLineChart(
                "Request/response under a bulk load", "", "", data, PlotOrientation.VERTICAL, true, false, false);
        XYPlot plot = chart.getXYPlot();
        plot.setDomainAxis(new LogAxis("one request in so many takes longer"));
        plot.setRangeAxis(new LogAxis("us"));
        ChartUtils.saveChartAsPNG(file.toFile(), chart, WIDTH, HEIGHT);
    }

    private static XYSeries series(String name, Histogram of) {
        XYSeries series = new XYSeries(name);
        for (HistogramIterationValue v : of.percentiles(5)) {
            double left = 100 - v.getPercentileLevelIteratedTo();
            if (left > 0) {
                series.add(100 / left, v.getValueIteratedTo() * MICRO);
            }
        }
        return series;
    }
}
