/** What is wrong with a JVM's security, by facts that a probe gathered without asking the JVM. Pure; time is always a parameter. docs/jvm-checks.md lists the checks. */
@NullMarked
package io.heapwarden.security.jvm;

import org.jspecify.annotations.NullMarked;
