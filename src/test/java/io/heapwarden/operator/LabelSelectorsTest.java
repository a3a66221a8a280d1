package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorsTest {

    private static final Map<String, String> LABELS = Map.of("app", "checkout", "tier", "front");

    @Test
    void anEmptySelectorSelectsEverything() {
        assertThat(LabelSelectors.matches(new LabelSelector(), LABELS)).isTrue();
        assertThat(LabelSelectors.matches(new LabelSelector(), null)).isTrue();
    }

    @Test
    void allLabelsMustBeThere() {
        LabelSelector both = new LabelSelectorBuilder()
                .addToMatchLabels("app", "checkout")
                .addToMatchLabels("tier", "back")
                .build();

        assertThat(LabelSelectors.matches(both, LABELS)).isFalse();
        assertThat(LabelSelectors.matches(both, Map.of("app", "checkout", "tier", "back", "x", "y")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "app,      In,           checkout, true",
        "app,      In,           catalog,  false",
        "missing,  In,           checkout, false",
        "app,      NotIn,        checkout, false",
        "app,      NotIn,        catalog,  true",
        "missing,  NotIn,        checkout, true",
        "app,      Exists,       ,         true",
        "missing,  Exists,       ,         false",
        "app,      DoesNotExist, ,         false",
        "missing,  DoesNotExist, ,         true",
    })
    void expressionsAreReadAsKubernetesReadsThem(String key, String operator, String value, boolean expected) {
        LabelSelector selector = new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .addToValues(value == null ? new String[0] : new String[] {value})
                .endMatchExpression()
                .build();

        assertThat(LabelSelectors.matches(selector, LABELS)).isEqualTo(expected);
    }
}
