package org.relevo.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.relevo.Relevo;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/**
 * A test of the whole server on a real PostgreSQL with a data folder of its own and free ports. The installation is started
 * once and shared; each test begins its own shop ({@link TestShops#open}), so that tests do not meet.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Relevo.class, webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = Installation.class)
@Import(TestShops.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface RelevoTest {}
