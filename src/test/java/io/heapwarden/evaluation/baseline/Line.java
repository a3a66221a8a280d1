package io.heapwarden.evaluation.baseline;

import java.util.ArrayDeque;
import java.util.Deque;

/** A least-squares line through the newest points, kept up as points come and go. */
final class Line {

    private record Point(double x, double y) {}

    private final Deque<Point> points = new ArrayDeque<>();
    private double originX = Double.NaN;
    private double originY;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumXy;
    private double sumYy;

    /** Points are counted from the first one, so that large values lose no digits. */
    void add(double x, double y) {
        if (Double.isNaN(originX)) {
            originX = x;
            originY = y;
        }
        Point point = new Point(x - originX, y - originY);
        points.addLast(point);
        count(point, 1);
    }

    /** Leaves out what lies before an x. */
    void forgetBefore(double x) {
        while (!points.isEmpty() && points.getFirst().x < x - originX) {
            count(points.removeFirst(), -1);
        }
    }

    private void count(Point point, int sign) {
        sumX += sign * point.x;
        sumY += sign * point.y;
        sumXx += sign * point.x * point.x;
        sumXy += sign * point.x * point.y;
        sumYy += sign * point.y * point.y;
    }

    int size() {
        return points.size();
    }

    private double sxx() {
        return sumXx - sumX * sumX / size();
    }

    private double sxy() {
        return sumXy - sumX * sumY / size();
    }

    /** Rise for each x; 0 while there is no line. */
    double slope() {
        return size() < 2 || sxx() <= 0 ? 0 : sxy() / sxx();
    }

    /** The line's value at an x. */
    double at(double x) {
        return originY + sumY / size() + slope() * (x - originX - sumX / size());
    }

    /** The slope in standard errors of itself, as if the points were independent; 0 while there is no line. */
    double slopeInErrors() {
        if (size() < 3 || sxx() <= 0) {
            return 0;
        }
        double syy = sumYy - sumY * sumY / size();
        double residual = Math.max(0, syy - slope() * sxy()) / (size() - 2);
        double error = Math.sqrt(residual / sxx());
        return error == 0 ? Math.signum(slope()) * Double.POSITIVE_INFINITY : slope() / error;
    }
}
