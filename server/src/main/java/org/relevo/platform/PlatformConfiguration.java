package org.relevo.platform;

import java.time.Clock;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    @Bean
    Clock clock() {
        return new WorkClock();
    }

    @Bean
    MessageSource messageSource() {
        return Texts.bundles();
    }
}
