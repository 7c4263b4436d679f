package dev.sysprims.boot.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The end of a job's output; both texts are {@code ******} where values are not shown.
 *
 * @param stdout the end of standard output
 * @param stderr the end of the error output
 * @param dropped bytes or lines that did not fit
 */
public record OutputDescriptor(String stdout, String stderr, long dropped) implements OperationResponseBody {

}
