package org.relevo;

import org.relevo.platform.StartFailure;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** The whole server: one process, one module per package below this one. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "RELEVO", sharedModules = "platform")
public class Relevo {

    /** Starts RELEVO; a start that cannot succeed ends with one sentence on standard error and exit code 1. */
    public static void main(String[] arguments) {
        try {
            new SpringApplication(Relevo.class).run(arguments);
        } catch (RuntimeException failure) {
            System.err.println("RELEVO did not start: " + StartFailure.sentence(failure));
            System.exit(1);
        }
    }
}
