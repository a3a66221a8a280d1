import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A page of Prometheus' own client for Java. */
public final class ClientJavaPage {

    private ClientJavaPage() {}

    public static void main(String[] arguments) throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        ExpositionFormats formats = ExpositionFormats.init();
        Load.run();
        Load.collectIfAsked(arguments);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            ExpositionFormatWriter writer =
                    formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            writer.write(page, registry.scrape());
            exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
            exchange.sendResponseHeaders(200, page.size());
            page.writeTo(exchange.getResponseBody());
            exchange.close();
        });
        server.start();
        Load.sayReady(server.getAddress().getPort());
        System.in.read();
        System.exit(0);
    }
}
