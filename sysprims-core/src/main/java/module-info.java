/**
 * Runs other programs so that their whole process tree can be ended. Only the three exported packages are API.
 */
module dev.sysprims.core {

	requires com.sun.jna;
	requires com.sun.jna.platform;
	requires org.slf4j;
	requires static com.fasterxml.jackson.annotation;
	requires static transitive org.jspecify;

	exports dev.sysprims;
	exports dev.sysprims.process;
	exports dev.sysprims.supervisor;

	opens dev.sysprims.os.linux to com.sun.jna;
	opens dev.sysprims.os.posix to com.sun.jna;

}
