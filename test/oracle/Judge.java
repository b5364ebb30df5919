import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.RuleCompiler;

/**
 * Says what AWS's Event Ruler answers. Reads lines {"pattern": text, "event": text} and writes one line for each:
 * {"answer": "match" | "no" | "invalid" | "error"}. With "readings": true the line also tells how the library
 * answers the same question in other ways, which shows whether it agrees with itself:
 *   fresh  the answers of several machines, each built anew
 *   older  a machine with the array finder of version 1
 *   split  every combination of single choices in a machine of its own: a list of choices is met if one is
 * and how this Java prints the numbers of the case ("printed").
 */
public final class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRESH_MACHINES = 24;
    private static final int MOST_SPLITS = 500;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(JSON.writeValueAsString(answerLine(JSON.readTree(line))));
            if (!in.ready()) out.flush();
        }
        out.flush();
    }

    private static ObjectNode answerLine(JsonNode request) {
        String pattern = request.get("pattern").textValue();
        String event = request.get("event").textValue();
        ObjectNode line = JSON.createObjectNode().put("answer", ask(Machine.builder().build(), pattern, event));
        if (!request.path("readings").booleanValue()) return line;
        ArrayNode fresh = line.putArray("fresh");
        for (int i = 0; i < FRESH_MACHINES; i++) fresh.add(ask(Machine.builder().build(), pattern, event));
        line.put("older", ask(Machine.builder().withStructuredMatching(false).build(), pattern, event));
        line.put("split", askSplit(pattern, event));
        ArrayNode printed = line.putArray("printed");
        Matcher numbers = NUMBER.matcher(pattern + " " + event);
        while (numbers.find()) printed.add(Double.toString(Double.parseDouble(numbers.group())));
        return line;
    }

    private static String ask(Machine machine, String pattern, String event) {
        try {
            machine.addRule("rule", pattern);
        } catch (Exception | StackOverflowError problem) {
            return "invalid";
        }
        return matches(machine, event);
    }

    private static String matches(Machine machine, String event) {
        try {
            return machine.rulesForJSONEvent(event).isEmpty() ? "no" : "match";
        } catch (Exception | StackOverflowError problem) {
            return "error";
        }
    }

    private static String askSplit(String pattern, String event) {
        try {
            for (Map<String, List<Patterns>> alternative : compile(pattern)) {
                long splits = 1;
                for (List<Patterns> choices : alternative.values()) splits *= choices.size();
                if (splits > MOST_SPLITS) return "too many";
                List<String> paths = new ArrayList<>(alternative.keySet());
                if (anySplit(alternative, paths, 0, new HashMap<>(), event)) return "match";
            }
            return "no";
        } catch (Exception problem) {
            return "invalid";
        }
    }

    private static List<Map<String, List<Patterns>>> compile(String pattern) throws IOException {
        try {
            return JsonRuleCompiler.compile(pattern);
        } catch (JsonParseException problem) {
            return Collections.singletonList(RuleCompiler.compile(pattern));
        }
    }

    /** Chooses one of the choices of each path in turn, and asks a machine once all are chosen. */
    private static boolean anySplit(Map<String, List<Patterns>> alternative, List<String> paths, int at,
                                    Map<String, List<Patterns>> chosen, String event) {
        if (at == paths.size()) {
            Machine machine = Machine.builder().build();
            machine.addPatternRule("rule", new HashMap<>(chosen));
            return matches(machine, event).equals("match");
        }
        String path = paths.get(at);
        for (Patterns choice : alternative.get(path)) {
            chosen.put(path, Collections.singletonList(choice));
            if (anySplit(alternative, paths, at + 1, chosen, event)) return true;
        }
        return false;
    }
}
