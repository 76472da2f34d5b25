package org.relevo.access.web;

import java.util.List;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.web.IdempotentWrites;
import org.relevo.platform.web.ProblemAdvice;
import org.relevo.platform.web.WriteLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Sessions, CSRF and headers. Who may do what is the gate's affair, not this chain's. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

    private static final RequestMatcher BY_SESSION = request -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
            && !ActorFilter.hasToken(request)
            && !request.getRequestURI().startsWith("/hooks/");

    private final GateInterceptor gate;
    private final ActorArgument actor;

    SecurityConfiguration(GateInterceptor gate, ActorArgument actor) {
        this.gate = gate;
        this.actor = actor;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            Actors actors,
            RelevoOrigins origins,
            WriteLog log,
            ProblemAdvice problems,
            JsonMapper json) {
        var writes = new IdempotentWrites(log, problems, json);
        // Who acts is found afresh for each request and never stored with the session.
        return http.securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .csrf(CsrfConfigurer::spa)
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(BY_SESSION))
                .sessionManagement(session -> session
                        // signing in makes a new session by itself; a new id at every request would sign out its
                        // neighbours
                        .sessionFixation(fixation -> fixation.none())
                        .sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .addFilterBefore(new ActorFilter(actors), AnonymousAuthenticationFilter.class)
                .addFilterAfter(writes, AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .exceptionHandling(refused -> refused.accessDeniedHandler(new ForgedRequest()))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(policy(origins.content())))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(
                                permissions -> permissions.policy("camera=(), microphone=(), geolocation=()")))
                .build();
    }

    private static String policy(String content) {
        return String.join(
                "; ",
                "default-src 'self'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: " + content,
                "frame-src " + content,
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(actor);
    }
}
