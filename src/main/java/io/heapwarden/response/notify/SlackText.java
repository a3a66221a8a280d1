package io.heapwarden.response.notify;

/**
 * Text as Slack's mrkdwn wants it: {@code &}, {@code <} and {@code >} are its control characters and are written as entities, so no text can mention
 * a channel or make a link (docs.slack.dev, "Formatting message text"). Bounds count characters after escaping, as Slack does.
 */
final class SlackText {

    private static final String CUT = "…";

    private SlackText() {}

    /** The text escaped, at most {@code longest} characters; cut between characters, never within an entity, and ends in {@code …} then. */
    static String escape(String text, int longest) {
        StringBuilder escaped = new StringBuilder(Math.min(longest, text.length() + CUT.length()));
        int lastThatLeavesRoom = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String written = entity(point);
            if (escaped.length() + written.length() > longest) {
                escaped.setLength(lastThatLeavesRoom);
                return escaped.append(CUT).toString();
            }
            escaped.append(written);
            if (escaped.length() + CUT.length() <= longest) {
                lastThatLeavesRoom = escaped.length();
            }
            at += Character.charCount(point);
        }
        return escaped.toString();
    }

    /** The text in a code span, where a class name's underscores and stars are only what they are. */
    static String code(String text, int longest) {
        return "`" + escape(text.replace('`', '\''), longest - 2) + "`";
    }

    private static String entity(int point) {
        return switch (point) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(point);
        };
    }
}
