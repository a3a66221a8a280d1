package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where a pod's volumes come from. */
final class VolumeChecks {

    /** Fields of a volume that Restricted allows. */
    static final List<String> ALLOWED = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private static final String HOST_PATH = "hostPath";

    private static final Map<String, Function<Volume, Object>> FORBIDDEN = forbidden();

    private VolumeChecks() {}

    static void check(CheckedPod pod, PodStandard standard, Violations out) {
        List<Volume> volumes = pod.spec().getVolumes();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            Optional<String> kind = forbiddenKind(volume);
            if (kind.isEmpty()) {
                continue;
            }
            String path = "spec.volumes[" + i + "]." + kind.get();
            if (kind.get().equals(HOST_PATH)) {
                out.add(
                        standard == PodStandard.Baseline ? "hostPathVolumes" : "restrictedVolumes",
                        PodStandard.Baseline,
                        path,
                        "mounts a directory of its node, volume " + volume.getName(),
                        "use emptyDir, a persistentVolumeClaim or csi for the volume instead of hostPath");
            } else if (standard == PodStandard.Restricted) {
                out.add(
                        "restrictedVolumes",
                        PodStandard.Restricted,
                        path,
                        "mounts a volume of a kind that is not allowed, volume " + volume.getName(),
                        "use one of " + String.join(", ", ALLOWED)
                                + " for the volume; other storage goes through a persistentVolumeClaim");
            }
        }
    }

    /** The kind of a volume that Restricted forbids. One that names none is an emptyDir, by the API server's default. */
    private static Optional<String> forbiddenKind(Volume volume) {
        return FORBIDDEN.entrySet().stream()
                .filter(kind -> kind.getValue().apply(volume) != null)
                .map(Map.Entry::getKey)
                .findFirst()
                // Kinds that this client does not know yet.
                .or(() -> volume.getAdditionalProperties().keySet().stream().findFirst());
    }

    private static Map<String, Function<Volume, Object>> forbidden() {
        Map<String, Function<Volume, Object>> kinds = new LinkedHashMap<>();
        kinds.put(HOST_PATH, Volume::getHostPath);
        kinds.put("awsElasticBlockStore", Volume::getAwsElasticBlockStore);
        kinds.put("azureDisk", Volume::getAzureDisk);
        kinds.put("azureFile", Volume::getAzureFile);
        kinds.put("cephfs", Volume::getCephfs);
        kinds.put("cinder", Volume::getCinder);
        kinds.put("fc", Volume::getFc);
        kinds.put("flexVolume", Volume::getFlexVolume);
        kinds.put("flocker", Volume::getFlocker);
        kinds.put("gcePersistentDisk", Volume::getGcePersistentDisk);
        kinds.put("gitRepo", Volume::getGitRepo);
        kinds.put("glusterfs", Volume::getGlusterfs);
        kinds.put("iscsi", Volume::getIscsi);
        kinds.put("nfs", Volume::getNfs);
        kinds.put("photonPersistentDisk", Volume::getPhotonPersistentDisk);
        kinds.put("portworxVolume", Volume::getPortworxVolume);
        kinds.put("quobyte", Volume::getQuobyte);
        kinds.put("rbd", Volume::getRbd);
        kinds.put("scaleIO", Volume::getScaleIO);
        kinds.put("storageos", Volume::getStorageos);
        kinds.put("vsphereVolume", Volume::getVsphereVolume);
        return kinds;
    }
}
