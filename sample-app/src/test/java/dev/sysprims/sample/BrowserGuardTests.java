package dev.sysprims.sample;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserGuardTests {

	private final BrowserGuard guard = new BrowserGuard(
			new SampleProperties(null, Set.of("localhost", "127.0.0.1", "[::1]"), Map.of()));

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/jobs/sleeper");

	BrowserGuardTests() {
		this.request.setServerName("localhost");
		this.request.setServerPort(8080);
		this.request.addHeader("Host", "localhost:8080");
	}

	@Test
	void aProgramThatSendsNoOriginIsLetThrough() throws Exception {
		assertThat(statusOf(this.request)).isEqualTo(200);
	}

	@Test
	void ourOwnPageIsLetThrough() throws Exception {
		this.request.addHeader("Origin", "http://localhost:8080");
		this.request.addHeader("Sec-Fetch-Site", "same-origin");
		assertThat(statusOf(this.request)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://localhost:3000", "https://localhost:8080",
			"http://localhost", "http://127.0.0.1:8080", "null", "" })
	void aPageOfAnotherOriginIsRefused(String origin) throws Exception {
		this.request.addHeader("Origin", origin);
		assertThat(statusOf(this.request)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "something-new" })
	void aRequestThatTheBrowserCallsForeignIsRefused(String site) throws Exception {
		this.request.addHeader("Sec-Fetch-Site", site);
		assertThat(statusOf(this.request)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE", "PUT", "PATCH", "TRACE", "INVENTED" })
	void everyMethodThatDoesNotOnlyReadIsGuarded(String method) throws Exception {
		this.request.setMethod(method);
		this.request.addHeader("Origin", "https://evil.example");
		assertThat(statusOf(this.request)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "DELETE" })
	void aForeignHostNameIsRefusedEvenWhereTheOriginAgrees(String method) throws Exception {
		MockHttpServletRequest rebound = new MockHttpServletRequest(method, "/jobs");
		rebound.setServerName("rebound.evil.example");
		rebound.addHeader("Host", "rebound.evil.example:8080");
		rebound.addHeader("Origin", "http://rebound.evil.example:8080");
		rebound.addHeader("Sec-Fetch-Site", "same-origin");
		assertThat(statusOf(rebound)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOCALHOST", "127.0.0.1", "[::1]" })
	void theLoopbackNamesAreKnownInAnyCase(String host) throws Exception {
		this.request.setServerName(host);
		assertThat(statusOf(this.request)).isEqualTo(200);
	}

	@Test
	void aRefusalIsAProblemThatRepeatsNothingOfTheRequest() throws Exception {
		this.request.addHeader("Origin", "https://\"><script>evil");
		MockHttpServletResponse response = answer(this.request);
		assertThat(response.getContentType()).startsWith("application/problem+json");
		assertThat(response.getContentAsString()).contains("\"status\":403").doesNotContain("evil");
	}

	@Test
	void everyAnswerCarriesThePolicyThatKeepsForeignScriptsAndFramesOut() throws Exception {
		assertThat(answer(this.request).getHeader("Content-Security-Policy")).contains("default-src 'self'",
				"frame-ancestors 'none'");
	}

	private int statusOf(MockHttpServletRequest request) throws Exception {
		return answer(request).getStatus();
	}

	private MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		MockFilterChain chain = new MockFilterChain();
		this.guard.doFilter(request, response, chain);
		assertThat(chain.getRequest() != null).as("handed on").isEqualTo(response.getStatus() == 200);
		return response;
	}

}
