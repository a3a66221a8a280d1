package io.heapwarden.operator;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** How everything of ours is written: server-side apply under one name, so that the API server knows what is ours and what is not. */
final class ServerSide {

    static final String FIELD_MANAGER = "heapwarden";

    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private ServerSide() {}
}
