import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says for each file whether it keeps PDF/UA-1 and PDF/A-2a, and which rules it breaks. */
public final class Conformance {
    private static ValidationResult validate(Path file, PDFAFlavour flavour) throws Exception {
        try (InputStream bytes = Files.newInputStream(file);
                var parser = Foundries.defaultInstance().createParser(bytes, flavour)) {
            return Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        }
    }

    private static String describe(TestAssertion fault) {
        var rule = fault.getRuleId();
        return rule.getClause() + " test " + rule.getTestNumber() + ": " + fault.getMessage();
    }

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int faults = 0;
        for (String name : files) {
            for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A)) {
                ValidationResult result = validate(Path.of(name), flavour);
                var broken = new TreeMap<String, Integer>();
                for (TestAssertion assertion : result.getTestAssertions())
                    if (assertion.getStatus() == TestAssertion.Status.FAILED)
                        broken.merge(describe(assertion), 1, Integer::sum);
                if (!result.isCompliant() || result.getTotalAssertions() == 0) {
                    faults++;
                    System.out.println(name + ": not " + flavour);
                    broken.forEach((rule, times) -> System.out.println("  " + times + " times " + rule));
                }
            }
        }
        System.out.println(files.length + " files, " + faults + " faults");
        System.exit(faults == 0 ? 0 : 1);
    }
}
