package io.heapwarden.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What is known of one pod; bears the pod's name, and goes with it. Written by the operator only. */
@Group("heapwarden.io")
@Version("v1alpha1")
@ShortNames("memrep")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Verdict", jsonPath = ".status.verdict", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Culprit", jsonPath = ".status.culprit", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Exhaustion",
        jsonPath = ".status.exhaustion",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Finding",
        jsonPath = ".status.findings[0].severity",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Restart",
        jsonPath = ".status.restart.outcome",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Next",
        jsonPath = ".status.restart.nextPossible",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Workload",
        jsonPath = ".status.workload",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Policy",
        jsonPath = ".status.policy",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class MemoryReport extends CustomResource<Void, MemoryReportStatus> implements Namespaced {}
