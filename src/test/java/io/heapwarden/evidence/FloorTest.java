package io.heapwarden.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A floor as a picture, a line and a table. */
class FloorTest {

    private static Document parse(String svg) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return builder.parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> ofClass(Document svg, String name) {
        NodeList all = svg.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(element -> element.getAttribute("class").equals(name))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<Floor.Point> points(List<Long> levels) {
        return IntStream.range(0, levels.size())
                .mapToObj(i -> new Floor.Point(Bundles.NOW.plusSeconds(60L * i), levels.get(i)))
                .toList();
    }

    @Test
    void thePictureShowsWhatWasSeenTheLimitAndWhenItIsReached() throws Exception {
        Document svg = parse(FloorPlot.svg(Bundles.floor()));

        String[] seen = ofClass(svg, "floor").getFirst().getAttribute("points").split(" ");
        assertThat(seen).hasSize(240);
        double lastX = Double.parseDouble(seen[239].split(",")[0]);
        Element window = ofClass(svg, "window").getFirst();
        assertThat(number(window, "x")).isGreaterThan(lastX);
        assertThat(number(window, "width")).isGreaterThan(10);
        Element limit = ofClass(svg, "limit").getFirst();
        assertThat(ofClass(svg, "ahead")).hasSize(2).allSatisfy(line -> assertThat(number(line, "y2"))
                .isCloseTo(number(limit, "y1"), org.assertj.core.data.Offset.offset(60.0)));
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("limit 512.0 MiB", "11-26 07:15", "11-26 11:15", "prefers-color-scheme:dark");
    }

    @Test
    void nothingInAPictureIsLoadedOrRun() {
        Floor hostile = new Floor("<script>alert(1)</script>\"&", List.of(new Floor.Point(Bundles.NOW, 1)), null, null);

        assertThat(FloorPlot.svg(hostile)).doesNotContain("<script", "href", "url(", "onload");
    }

    @Property(tries = 200)
    void anyFloorGivesAPictureThatIsWellFormedAndWithinItsLimit(
            @ForAll @Size(max = 60) List<@LongRange(min = 0) Long> levels,
            @ForAll @LongRange(min = 0) long limit,
            @ForAll @IntRange(min = 0, max = 1_000_000) int minutes)
            throws Exception {
        Instant earliest = Bundles.NOW.plus(Duration.ofMinutes(minutes));
        Floor floor = new Floor("heap", points(levels), limit, new Judgement.Exhaustion("HeapAfterGC", earliest, null));
        String svg = FloorPlot.svg(floor);

        assertThat(svg).doesNotContain("NaN", "Infinity").hasSizeLessThan(Part.FloorPlot.limit());
        assertThat(parse(svg).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Floor.parse(floor.toTsv().getBytes(UTF_8))).isEqualTo(floor.points());
    }

    @Test
    void ofTooManyPointsTheLowestAreKept() {
        List<Long> levels = IntStream.range(0, 10_000)
                .mapToObj(i -> i % 10 == 3 ? 5L : 900L)
                .toList();
        Floor floor = new Floor("heap", points(levels), null, null);

        assertThat(floor.points()).hasSize(Floor.MAX_POINTS).allMatch(point -> point.bytes() == 5);
        assertThat(floor.toTsv().length()).isLessThan(Part.FloorTable.limit());
    }

    @Test
    void theLineRisesFromZeroToTheHighest() {
        List<Floor.Point> rising = points(List.of(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L));

        assertThat(Sparkline.of(rising, 60, Sparkline.BLOCKS)).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(Sparkline.of(rising, 2, Sparkline.ASCII)).isEqualTo("_=");
        assertThat(Sparkline.of(List.of(), 60, Sparkline.BLOCKS)).isEmpty();
        assertThat(Sparkline.of(points(List.of(0L)), 60, Sparkline.BLOCKS)).isEqualTo("▁");
    }
}
