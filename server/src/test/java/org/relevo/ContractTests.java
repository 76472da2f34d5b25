package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.relevo.platform.RelevoOrigins;
import org.relevo.support.Api;
import org.relevo.support.RelevoTest;
import org.relevo.support.Written;
import tools.jackson.databind.json.JsonMapper;

/** The API description that people review is the one that the server gives. */
@RelevoTest
class ContractTests {

    private final RelevoOrigins origins;
    private final JsonMapper json;

    ContractTests(RelevoOrigins origins, JsonMapper json) {
        this.origins = origins;
        this.json = json;
    }

    @Test
    void theContractIsWhatTheServerSays() {
        var answer = new Api(origins.desk(), json).get(origins.desk() + "/api/v1/openapi.yaml");

        assertThat(answer.status()).isEqualTo(200);
        Written.says("api/openapi.yaml", new String(answer.raw().body(), StandardCharsets.UTF_8));
    }
}
