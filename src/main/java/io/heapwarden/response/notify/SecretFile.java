package io.heapwarden.response.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A secret in a mounted file. It is read anew for each use, since Kubernetes replaces the file when the Secret changes, and never kept or shown. */
record SecretFile(Path path) {

    private static final int LONGEST = 16_384;

    /** What is in the file cannot be used now; the message has the file's name and nothing of what is in it. */
    static final class UnreadableException extends Exception {
        UnreadableException(String message) {
            super(message);
        }
    }

    /** The text of the file, without the white space around it, which editors and {@code echo} add. */
    String read() throws UnreadableException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (NoSuchFileException e) {
            throw new UnreadableException(path + " does not exist: mount the Secret that holds it");
        } catch (IOException e) {
            throw new UnreadableException(
                    path + " cannot be read: " + e.getClass().getSimpleName());
        }
        if (bytes.length > LONGEST) {
            throw new UnreadableException(path + " is longer than " + LONGEST + " bytes, which no secret is");
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new UnreadableException(path + " is empty");
        }
        return text;
    }

    /** The one line of the file. */
    String readLine() throws UnreadableException {
        String text = read();
        if (text.chars().anyMatch(character -> character < ' ')) {
            throw new UnreadableException(path + " must hold one line and nothing else");
        }
        return text;
    }
}
