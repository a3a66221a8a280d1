package io.heapwarden.operator;

import java.util.List;

/**
 * The security checks that this installation makes.
 *
 * @param all each decides itself whether it is due
 */
record SecurityChecks(List<StandingCheck> all) {}
