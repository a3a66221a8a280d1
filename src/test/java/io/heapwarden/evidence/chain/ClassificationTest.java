package io.heapwarden.evidence.chain;

import static io.heapwarden.evidence.chain.Chains.CLASSES;
import static io.heapwarden.evidence.chain.Chains.MAIN;
import static io.heapwarden.evidence.chain.Chains.NATIVE;
import static io.heapwarden.evidence.chain.Chains.element;
import static io.heapwarden.evidence.chain.Chains.field;
import static io.heapwarden.evidence.chain.Chains.sample;
import static io.heapwarden.evidence.chain.Chains.sized;
import static io.heapwarden.evidence.chain.Chains.statics;
import static io.heapwarden.evidence.chain.Chains.thread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationTest {

    private static final String LIST = "java.util.ArrayList";
    private static final String OBJECTS = "java.lang.Object[]";
    private static final String MAP = "java.util.concurrent.ConcurrentHashMap";

    static Stream<Arguments> examples() {
        return Stream.of(
                arguments(
                        sample(
                                "com.shop.Order",
                                MAIN,
                                statics("com.shop.Orders", "CACHE"),
                                field(MAP, "table"),
                                element(MAP + "$Node[]", 7, 1 << 23),
                                field(MAP + "$Node", "next"),
                                field(MAP + "$Node", "val")),
                        RootKind.StaticField,
                        HolderKind.Cache,
                        "static Orders.CACHE (ConcurrentHashMap, table of 8.4 M slots) → Order"),
                arguments(
                        sample(
                                "com.shop.Basket",
                                CLASSES,
                                thread("http-nio-8080-exec-12", "threadLocals"),
                                sized(KnownCollections.THREAD_LOCALS, "table", 9),
                                element("java.lang.ThreadLocal$ThreadLocalMap$Entry[]", 3, 16),
                                field("java.lang.ThreadLocal$ThreadLocalMap$Entry", "value"),
                                field("com.shop.Request", "basket")),
                        RootKind.ThreadLocal,
                        HolderKind.ThreadLocal,
                        "a thread-local of the thread \"http-nio-N-exec-N\" → Request.basket"),
                arguments(
                        sample("com.shop.Row", MAIN, sized(LIST, "elementData", 120_000), element(OBJECTS, 5, 150_000)),
                        RootKind.ThreadStack,
                        HolderKind.Collection,
                        "the stack of the thread \"main\" → ArrayList (120,000 entries) → Row"),
                arguments(
                        sample(
                                "byte[]",
                                CLASSES,
                                statics("com.shop.Reload", "versions"),
                                sized(LIST, "elementData", 40),
                                element(OBJECTS, 5, 49),
                                field("com.shop.PluginLoader", "classes"),
                                sized(LIST, "elementData", 2),
                                element(OBJECTS, 0, 10),
                                statics("com.shop.Plugin", "settings")),
                        RootKind.StaticField,
                        HolderKind.ClassLoader,
                        "static Reload.versions (ArrayList, 40 entries) → PluginLoader.classes (ArrayList, 2 entries) → static Plugin.settings"),
                arguments(
                        sample(
                                "com.shop.View",
                                CLASSES,
                                statics("com.shop.Feed", "SHARED"),
                                field("com.shop.Feed", "listeners"),
                                field("java.util.concurrent.CopyOnWriteArrayList", "array"),
                                element(OBJECTS, 5, 4000),
                                field("com.shop.Feed$$Lambda/0x00007f12", "arg$1")),
                        RootKind.StaticField,
                        HolderKind.Listener,
                        "static Feed.SHARED → listeners (CopyOnWriteArrayList, table of 4,000 slots) → Feed$$Lambda.arg$1 → View"),
                arguments(
                        sample(
                                "com.shop.Mail",
                                NATIVE,
                                field("com.shop.Sender", "work"),
                                field("java.util.concurrent.LinkedBlockingQueue", "head"),
                                field("java.util.concurrent.LinkedBlockingQueue$Node", "next"),
                                field("java.util.concurrent.LinkedBlockingQueue$Node", "next"),
                                field("java.util.concurrent.LinkedBlockingQueue$Node", "item")),
                        RootKind.JniGlobal,
                        HolderKind.Queue,
                        "native code → Sender.work (LinkedBlockingQueue) → Mail"),
                arguments(
                        sample(
                                "com.shop.Order",
                                CLASSES,
                                field("com.github.benmanes.caffeine.cache.BoundedLocalCache", "data"),
                                field(MAP, "table"),
                                element(MAP + "$Node[]", 7, 64),
                                field(MAP + "$Node", "val")),
                        RootKind.ClassLoader,
                        HolderKind.Cache,
                        "a class loader → BoundedLocalCache.data (ConcurrentHashMap, table of 64 slots) → Order"),
                arguments(
                        sample(
                                "com.shop.Undo",
                                MAIN,
                                statics("com.shop.Editor", "last"),
                                field("com.shop.Undo", "before"),
                                field("com.shop.Undo", "before")),
                        RootKind.StaticField,
                        HolderKind.Fields,
                        "static Editor.last → before (again and again) → Undo"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isByWhatTheChainPasses(OldObjectSample sample, RootKind root, HolderKind holder, String line) {
        Chain chain = Chains.of(sample);
        assertThat(chain.line()).isEqualTo(line);
        assertThat(chain.root().kind()).as(chain.root().because()).isEqualTo(root);
        assertThat(chain.holder().kind()).as(chain.holder().because()).isEqualTo(holder);
        assertThat(chain.root().because()).isNotBlank();
        assertThat(chain.holder().because()).isNotBlank();
    }

    @Test
    void aLoaderThatAThreadMerelyUsesIsNoLeak() {
        Chain chain = Chains.of(sample(
                "com.shop.Order",
                MAIN,
                thread("main", "contextClassLoader"),
                field("org.springframework.boot.loader.LaunchedClassLoader", "classes"),
                sized(LIST, "elementData", 4000),
                element(OBJECTS, 0, 5000),
                statics("com.shop.Orders", "LATEST"),
                sized(LIST, "elementData", 9),
                element(OBJECTS, 1, 10)));
        assertThat(chain.line()).isEqualTo("static Orders.LATEST (ArrayList, 9 entries) → Order");
        assertThat(chain.holder().kind()).isEqualTo(HolderKind.Collection);
    }

    @Test
    void aLoaderInACollectionIsOneEvenIfNoClassOfItIsInTheChain() {
        Chain chain = Chains.of(sample(
                "com.shop.PluginLoader",
                CLASSES,
                statics("com.shop.Reload", "versions"),
                sized(LIST, "elementData", 40),
                element(OBJECTS, 5, 49)));
        assertThat(chain.holder().kind()).isEqualTo(HolderKind.ClassLoader);
        assertThat(chain.sentence()).contains("Look at com.shop.Reload.versions (ArrayList, 40 entries)");
    }

    @Test
    void thePageHasEveryExample() throws Exception {
        String page = Files.readString(Path.of("docs/reference-chains.md"));
        assertThat(examples().map(example -> (String) example.get()[3]))
                .allSatisfy(line -> assertThat(page).contains(line));
        assertThat(KnownCollections.all())
                .allSatisfy(type -> assertThat(page).contains(type.substring(type.lastIndexOf('.') + 1)));
    }
}
