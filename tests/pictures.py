"""What holds for every chart, whatever it shows."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg

from onrecord.charts import Chart


def assert_texts_hold(chart: Chart) -> None:
    """No text of the chart leaves the figure or lies over another."""
    renderer = FigureCanvasAgg(chart).get_renderer()
    width, height = chart.bbox.width, chart.bbox.height
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in chart.texts if text.get_text().strip()]
    outside = [label for label, b in boxes if b.x0 < 0 or b.y0 < 0 or b.x1 > width + 0.5 or b.y1 > height]
    assert outside == []
    slack = chart.dpi / 72  # a point: letters of neighbouring lines may touch with their accents
    overlapping = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]
    assert overlapping == []
