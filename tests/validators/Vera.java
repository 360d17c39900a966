import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Calls the validator: a flavour, then files; prints a line a file and a line a broken rule. */
public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            try (PDFAParser parser =
                    Foundries.defaultInstance().createParser(new FileInputStream(arguments[i]), flavour)) {
                ValidationResult result =
                        Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                System.out.println(arguments[i] + ": " + result.getTotalAssertions() + " checks");
                TreeMap<String, String> broken = new TreeMap<>();
                for (TestAssertion test : result.getTestAssertions()) {
                    if (test.getStatus() == TestAssertion.Status.FAILED) {
                        String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
                        broken.putIfAbsent(rule, test.getMessage() + " @ " + test.getLocation().getContext());
                    }
                }
                if (!result.isCompliant() && broken.isEmpty()) {
                    broken.put("?", "not compliant");
                }
                broken.forEach((rule, message) -> System.out.println("  " + rule + ": " + message));
            }
        }
    }
}
