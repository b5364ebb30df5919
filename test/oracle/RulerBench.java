import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.StringJoiner;
import software.amazon.event.ruler.Machine;

/**
 * Event Ruler's events per second of CPU time (of the whole process, compiler and collector included):
 *   RulerBench rules-file events-file rounds
 * Both files hold a JSON text on each line. Prints {"perSecond": [one a round], "hits": matching rules, all events}.
 */
public final class RulerBench {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int WARM_UPS = 2;

    public static void main(String[] arguments) throws Exception {
        Machine machine = Machine.builder().build();
        int key = 0;
        for (String rule : Files.readAllLines(Paths.get(arguments[0]))) machine.addRule("r" + key++, rule);
        List<String> events = Files.readAllLines(Paths.get(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        StringJoiner rates = new StringJoiner(",", "[", "]");
        long hits = 0;
        for (int round = -WARM_UPS; round < rounds; round++) {
            long before = SYSTEM.getProcessCpuTime();
            hits = hitsOf(machine, events);
            long nanoseconds = SYSTEM.getProcessCpuTime() - before;
            if (round >= 0) rates.add(Long.toString(Math.round(events.size() / (nanoseconds / 1e9))));
        }
        System.out.println("{\"perSecond\":" + rates + ",\"hits\":" + hits + "}");
    }

    private static long hitsOf(Machine machine, List<String> events) throws Exception {
        long hits = 0;
        for (String event : events) hits += machine.rulesForJSONEvent(event).size();
        return hits;
    }
}
