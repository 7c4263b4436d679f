package dev.sysprims.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps other sites' pages out. Binding to 127.0.0.1 keeps other machines out, but any
 * page in a browser on this machine can send requests here:
 * <ul>
 * <li>A page of another origin can send a {@code POST} without asking first, and the user
 * would not notice. Browsers say where a request comes from ({@code Origin},
 * {@code Sec-Fetch-Site}); one that changes anything must come from our own page.
 * <li>A site whose name is made to resolve to 127.0.0.1 (DNS rebinding) <em>is</em> of
 * our origin to the browser. It gives itself away by its name in {@code Host}.
 * </ul>
 * Programs such as curl send neither {@code Origin} nor {@code Sec-Fetch-Site} and are
 * let through: whoever can run one here needs no browser to do harm.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BrowserGuard extends OncePerRequestFilter {

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

	/** Our own page, or nobody's: an address that was typed. */
	private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

	private final Set<String> hosts;

	BrowserGuard(SampleProperties properties) {
		this.hosts = properties.hosts();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		// Scripts, styles and requests of the page's own files only, and no frame of
		// another site around it in which a click could be stolen.
		response.setHeader("Content-Security-Policy",
				"default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		if (!this.hosts.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
			refuse(response, "This host name is not one of sample.hosts.");
		}
		else if (!READING.contains(request.getMethod()) && !isOfOurOwnPage(request)) {
			refuse(response, "A page of another origin may neither start nor end jobs.");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static boolean isOfOurOwnPage(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return (site == null || TRUSTED_SITES.contains(site)) && (origin == null
				|| origin.equalsIgnoreCase(request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST)));
	}

	/** Only our own words go into the answer. */
	private static void refuse(HttpServletResponse response, String reason) throws IOException {
		response.setStatus(HttpStatus.FORBIDDEN.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.getWriter().write("{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"" + reason + "\"}");
	}

}
