package io.heapwarden.response;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A time of the week in which restarts may happen. It is open while a clock on the wall of its time zone shows a time
 * from {@code from} up to, but not including, {@code to}. Hence a time that a change to summer time skips does not
 * come on that day, and one that a change to winter time repeats comes twice. A window whose {@code to} is not after
 * its {@code from} ends on the next day and belongs to the day on which it opened.
 */
public final class RestartWindow {

    /** A weekly window comes within a week, and if a change of the clock swallows it, within the week after. */
    private static final int DAYS_AHEAD = 15;

    private final Set<DayOfWeek> days;
    private final LocalTime from;
    private final LocalTime to;
    private final ZoneId zone;

    /**
     * A window; midnight as {@code to} is the end of the day, so that 00:00 to 00:00 is the whole day.
     *
     * @throws IllegalArgumentException if it is never open
     */
    public RestartWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a restart window without days never opens: name some, such as Mon-Fri");
        }
        if (from.equals(to) && !to.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException(
                    "a restart window from " + from + " to " + to + " is empty: make 'to' differ from 'from'");
        }
        this.days = EnumSet.copyOf(days);
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    /**
     * Reads a window as a policy spells it.
     *
     * @param days names or ranges, {@code Mon-Fri}, {@code Sat}; none means every day
     * @param from {@code HH:mm}
     * @param to {@code HH:mm}; {@code 24:00} is the end of the day
     * @param timeZone an IANA name, {@code Europe/Berlin}
     * @throws IllegalArgumentException with a sentence that says what to write instead
     */
    public static RestartWindow parse(List<String> days, String from, String to, String timeZone) {
        return new RestartWindow(
                WeekDays.parse(days),
                time("from", from),
                time("to", to.equals("24:00") ? "00:00" : to),
                zone(timeZone));
    }

    /** Whether it is open. */
    public boolean contains(Instant time) {
        return contains(LocalDateTime.ofInstant(time, zone));
    }

    /**
     * When it opens next.
     *
     * @return {@code now} if it is open; empty if it stays closed for the next two weeks
     */
    public Optional<Instant> nextOpening(Instant now) {
        if (contains(now)) {
            return Optional.of(now);
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        Stream<Instant> openings = today.datesUntil(today.plusDays(DAYS_AHEAD)).flatMap(this::openingsOn);
        return Stream.concat(openings, clockChangesFrom(now))
                .filter(opening -> opening.isAfter(now) && contains(opening))
                .min(Comparator.naturalOrder());
    }

    private boolean contains(LocalDateTime shown) {
        LocalTime time = shown.toLocalTime();
        boolean sameDay = from.isBefore(to);
        boolean openedToday = days.contains(shown.getDayOfWeek()) && !time.isBefore(from);
        boolean notOver = time.isBefore(to);
        if (sameDay) {
            return openedToday && notOver;
        }
        return openedToday || (notOver && days.contains(shown.getDayOfWeek().minus(1)));
    }

    /** The moments at which the wall shows {@code from}: none in a gap, two when the hour is repeated. */
    private Stream<Instant> openingsOn(LocalDate date) {
        LocalDateTime opening = date.atTime(from);
        return zone.getRules().getValidOffsets(opening).stream().map(opening::toInstant);
    }

    /** The moments at which the wall's clock jumps, possibly into the window. */
    private Stream<Instant> clockChangesFrom(Instant now) {
        ZoneRules rules = zone.getRules();
        return Stream.iterate(Optional.ofNullable(rules.nextTransition(now)), Optional::isPresent, change -> change.map(
                                ZoneOffsetTransition::getInstant)
                        .map(rules::nextTransition))
                .flatMap(Optional::stream)
                .map(ZoneOffsetTransition::getInstant)
                .limit(2);
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + field + "' of a restart window is '" + text + "': give a time of day such as 22:00", e);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the time zone of a restart window is '" + name + "': give an IANA name such as Europe/Berlin", e);
        }
    }

    @Override
    public String toString() {
        return days + " " + from + " to " + to + " " + zone;
    }
}
