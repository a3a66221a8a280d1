package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.DirectorySpace.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as nodes have them: proc_pid_mountinfo(5), df -kP and stat -f. */
class DirectorySpaceTest {

    private static final String LAYER =
            "2001 1999 0:312 / / rw,relatime master:519 - overlay overlay rw,lowerdir=/var/lib/containerd/1,upperdir=/u";
    private static final String DF = "overlay 100 40 60 40% /";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ContainerLayer | 2001 1999 0:312 / / rw,relatime master:519 - overlay overlay rw,lowerdir=/1
                    EmptyDir       | 2010 2001 259:1 /var/lib/kubelet/pods/8f/volumes/kubernetes.io~empty-dir/tmp /tmp rw - ext4 /dev/root rw
                    Memory         | 2011 2001 0:311 / /dumps rw,relatime - tmpfs tmpfs rw,size=65536k
                    Volume         | 2012 2001 259:9 / /dumps rw,relatime - ext4 /dev/nvme1n1 rw
                    Volume         | 2013 2001 259:1 /var/lib/kubelet/pods/8f/volumes/kubernetes.io~csi/pvc-1/mount /dumps rw shared:1 - xfs /dev/sdb rw
                    Volume         | 2014 2001 0:60 / /dumps rw,relatime - nfs4 - rw
                    """)
    void theKindIsByTheMount(Kind kind, String mount) throws Exception {
        assertThat(DirectorySpace.parse(Map.of("mount", mount, "df", DF)).kind())
                .isEqualTo(kind);
    }

    @Test
    void sizesAreInBytesWhicheverToolSaysThem() throws Exception {
        DirectorySpace expected = new DirectorySpace(Kind.ContainerLayer, true, 102_400, 61_440, 2048L);
        assertThat(DirectorySpace.parse(Map.of("mount", LAYER, "df", DF, "writable", "yes", "used", "2")))
                .isEqualTo(expected);
        assertThat(DirectorySpace.parse(
                        Map.of("mount", LAYER, "df", "a b overlay 100 40 60 40% /", "writable", "yes", "used", "2")))
                .as("a file system with blanks in its name")
                .isEqualTo(expected);
        assertThat(DirectorySpace.parse(Map.of("mount", LAYER, "statfs", "4096 25 15", "writable", "yes", "used", "2")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "overlay", "overlay 100 40 -1 40% /", "x x x x x x", "overlay 99999999999999999999 1 1 1% /"
            })
    void whatIsNoSizeIsNotTakenForOne(String df) {
        assertThatThrownBy(() -> DirectorySpace.parse(Map.of("mount", LAYER, "df", df)))
                .isInstanceOf(MalformedOutputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2 3", "1 2 3 / / rw - ", "1 2 3 / / rw overlay overlay"})
    void aMountThatIsNoneIsNotTakenForOne(String mount) {
        assertThatThrownBy(() -> DirectorySpace.parse(Map.of("mount", mount, "df", DF)))
                .isInstanceOf(MalformedOutputException.class);
    }

    @Test
    void anImageWithoutToolsIsSaid() {
        assertThatThrownBy(() -> DirectorySpace.parse(Map.of("mount", LAYER)))
                .hasMessageContaining("neither df nor stat");
    }
}
