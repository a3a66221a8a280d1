package io.heapwarden.response;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Days as a policy spells them: {@code Mon}, or a range that may wrap the week, {@code Sat-Mon}. */
final class WeekDays {

    private WeekDays() {}

    /** No entry means every day. */
    static Set<DayOfWeek> parse(List<String> entries) {
        if (entries.isEmpty()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String entry : entries) {
            int dash = entry.indexOf('-');
            DayOfWeek first = day(dash < 0 ? entry : entry.substring(0, dash), entry);
            DayOfWeek last = dash < 0 ? first : day(entry.substring(dash + 1), entry);
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String name, String entry) {
        return switch (name) {
            case "Mon" -> DayOfWeek.MONDAY;
            case "Tue" -> DayOfWeek.TUESDAY;
            case "Wed" -> DayOfWeek.WEDNESDAY;
            case "Thu" -> DayOfWeek.THURSDAY;
            case "Fri" -> DayOfWeek.FRIDAY;
            case "Sat" -> DayOfWeek.SATURDAY;
            case "Sun" -> DayOfWeek.SUNDAY;
            default ->
                throw new IllegalArgumentException("the days of a restart window contain '" + entry
                        + "': give Mon, Tue, Wed, Thu, Fri, Sat, Sun or a range such as Mon-Fri");
        };
    }
}
