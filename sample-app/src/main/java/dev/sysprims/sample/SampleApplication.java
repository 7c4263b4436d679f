package dev.sysprims.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The job console. What it runs is fixed in {@code application.yml}; a request only names
 * a preset.
 */
@SpringBootApplication
@EnableConfigurationProperties(SampleProperties.class)
public class SampleApplication {

	/**
	 * Starts the console on port 8080 of this machine's loopback interface.
	 * @param args Spring Boot's, such as {@code --server.port=0}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
